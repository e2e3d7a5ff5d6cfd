"""`python -m pb_engine` is `pb-engine`."""

from pb_engine.cli import main

main(prog_name="pb-engine")
