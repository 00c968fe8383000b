"""The five mechanisms over the graph (co-building, pairing, joint projects, training, incentives). Built in a later issue."""
