"""The pages for residents: rounds, ideas, voting, results."""
