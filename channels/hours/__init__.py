"""When advisors are there: the week, holidays and closures, the rota, and dates as people say them."""
