"""印刷: pages of the report before they go to a printer or into a PDF."""
