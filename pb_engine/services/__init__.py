"""The use cases.  One function, one unit of work, one commit per store it touches.

Every function takes the engine first, commits itself as its last act, and raises nothing but
subclasses of ``EngineError``.  What must cross stores crosses as a signed value or in an order
that is safe to repeat, never as a shared transaction.
"""
