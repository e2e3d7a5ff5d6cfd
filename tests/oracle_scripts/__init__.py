"""Scripts for the environment of the other programs; nothing of ours is installed there."""
