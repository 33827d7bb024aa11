"""A county over its towns: one run, a report for each town, and a sheet that compares them."""

from renda_nlp.county.comparing import CountySheet, compare_towns
from renda_nlp.county.partition import Partition, partition
from renda_nlp.county.running import TownReport, run_towns
from renda_nlp.county.sheet import write_county_sheet

__all__ = [
    "CountySheet",
    "Partition",
    "TownReport",
    "compare_towns",
    "partition",
    "run_towns",
    "write_county_sheet",
]
