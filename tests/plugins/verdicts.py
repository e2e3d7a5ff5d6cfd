"""Contracts run as a test would, to see what they find."""


def verdicts(contract):
    """Run every test of a contract; return the names of those that fail."""
    failed = set()
    for name in [name for name in dir(contract) if name.startswith("test_")]:
        try:
            getattr(contract, name)()
        except Exception:  # noqa: BLE001 - any exception is a failing test
            failed.add(name)
    return failed
