"""The manual: pages of `resources/manual/`, which a web browser shows as well."""
