"""``python -m pilotscore``."""

from pilotscore.cli import main

if __name__ == "__main__":
    main(prog_name="pilotscore")
