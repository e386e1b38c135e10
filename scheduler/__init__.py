"""Time comes in: APScheduler beats, rows decide."""
