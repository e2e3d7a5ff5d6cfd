"""The built-in plugins: strangers to the core and to each other."""
