/** One file to run, so that the CDK is loaded once and every stage is synthesized once (6 s instead of 18). */
import './infrastructure/synthesis.ts';
import './infrastructure/data.ts';
import './infrastructure/http.ts';
import './infrastructure/rights.ts';
import './infrastructure/environment.ts';
import './infrastructure/events.ts';
import { afterAll } from 'vitest';
import { removeTemporary } from './synth.ts';

afterAll(removeTemporary);
