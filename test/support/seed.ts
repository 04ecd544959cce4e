import fc from 'fast-check'

// Every run of the tests tries the same samples, which a failure prints; another seed searches on.
fc.configureGlobal({ seed: Number(process.env['SLUICE_FUZZ_SEED'] ?? 20_261_123) })
