"""The rules of a round: phases, areas, ideas, reviews, eligibility, people and events.

Pure: values and tables, no clock, no chance, no input or output.
"""
