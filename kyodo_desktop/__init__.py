"""協働プラン進捗管理: keeps the progress of a city's plan and reports it in Excel."""

__version__ = "0.4.0"
