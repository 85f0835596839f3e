"""The window: Qt widgets which show the outline and ask the services for changes."""
