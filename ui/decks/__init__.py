"""Slides: a digest or a study session becomes an outline, and an outline a file.

outline.py says what a deck holds, week.py and meeting.py make one, powerpoint.py and
marp.py write one down. Only powerpoint.py and what it draws with import python-pptx.
"""
