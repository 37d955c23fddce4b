"""Whether two descriptions mean one thing: names, numbers, dates and relations compared, with a score and its reasons."""
