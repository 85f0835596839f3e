"""履歴 in the window: what was done to the plan or to a part of it, and a way back."""
