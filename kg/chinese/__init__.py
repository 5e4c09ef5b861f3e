"""The Chinese language: characters, words, numerals, dates, names, places."""
