/** Must be imported first: the value set here is read when the first thread is used. */
import { threadPoolSize } from '../shared/thread-pool';

process.env.UV_THREADPOOL_SIZE = threadPoolSize();
