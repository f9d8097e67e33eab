import '../../components/shared/base.css'
import { startVerifier } from './start'

// Made into one file by scripts/verifier.ts; here is no extension, and nothing of `browser` may be imported.
startVerifier(navigator.languages)
