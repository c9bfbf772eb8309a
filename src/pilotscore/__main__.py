"""``python -m pilotscore``."""

from pilotscore.cli import run

if __name__ == "__main__":
    run("pilotscore")
