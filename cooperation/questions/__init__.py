"""The twenty questions of planners and analysts: named, with parameters, each line resting on facts.

Words that many questions share: an expert is *in place* on a day that a term of theirs covers; an unknown date counts as valid; hubs
(cities, districts, batches, first-level fields) lead nowhere.
"""
