"""最近のお知らせ: what the window has said, once more."""
