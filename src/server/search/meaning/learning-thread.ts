import { parentPort, workerData } from 'node:worker_threads';
import { learnVectors, stemsToLearn } from './learn.ts';

// The program of a thread: it is given the words of papers, and gives back what it has learned of them.
const papers = (workerData as string[]).map(stemsToLearn);
const learned = learnVectors(papers);
parentPort!.postMessage(learned);
