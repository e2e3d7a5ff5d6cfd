"""Forms: from the strings of a request to values that a service takes."""
