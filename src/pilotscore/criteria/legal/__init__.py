"""Rules of law as data, each with its source, region, status and the day it was read."""
