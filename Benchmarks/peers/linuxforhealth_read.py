#!/usr/bin/env python3
"""Reads an X12 file into the models of linuxforhealth-x12: linuxforhealth_read.py FILE."""
import sys

from linuxforhealth.x12.io import X12ModelReader

with X12ModelReader(sys.argv[1]) as reader:
    for _ in reader.models():
        pass
