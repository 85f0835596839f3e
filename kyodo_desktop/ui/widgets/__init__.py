"""Widgets and helpers of widgets that serve all features."""
