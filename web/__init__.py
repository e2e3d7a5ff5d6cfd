"""The front end: pages for residents, the desk of officials, and a small public API.

Nothing in here decides anything: a view reads a form, calls one service, and shows what came
back.  Three Flask applications share this package's base; ``web.app`` puts them together.
"""
