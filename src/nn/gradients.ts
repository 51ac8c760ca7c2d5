/** tfjs registers the gradients of its operations only on request; whoever differentiates imports this. */
import '@tensorflow/tfjs-core/dist/register_all_gradients';
