"""The scripts that write the option tables of ``pinhook/argv``.

    python -m tests.generators.pip_options
    python -m tests.generators.uv_options
    python -m tests.generators.pipx_options

Each asks many releases of a tool for its options and writes the union as a module in the notation of
``pinhook.argv.OptionTable``. They need the package index and some minutes.
"""
