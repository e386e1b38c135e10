"""The tests are a package, so that tests/handlers cannot become the package `handlers`."""
