"""The chosen stylesheets of NL Design System, cut down to the classes that our macros write.

``kit.css`` is what `python -m web.vendor` made of the packages in ``lock.toml``.  It is
committed: installing and running this project needs no Node and no network.
"""
