"""What people do on the platform besides moving needs: every action with its parameters, its right and its rule, in one register.

An action is to cooperation what ``schema:Action`` is to the web: somebody does something to an object. Each mechanism states its own
(``cooperation.pairings``, ``cooperation.incentives`` …); the command line and the API are derived from the register.
"""
