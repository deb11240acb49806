"""How many households of a neighbourhood are reached: counted each night, shown without figures under 5."""
