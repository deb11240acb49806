"""A resident's own pages: where they live, a welcome, and what is going on near them."""
