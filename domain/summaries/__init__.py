"""What groups and leads hear of the office at set times: numbers and names, without anything personal."""
