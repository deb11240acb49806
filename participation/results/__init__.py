"""Results of surveys: the readers' page, files, and the officers' screens. All figures come from `results_of`."""
