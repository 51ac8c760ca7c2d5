/**
 * TensorFlow's C API (tensorflow/c/c_api.h), as far as the engine uses it, called through koffi. Structures and arrays
 * that the API takes are typed arrays here, in the layout of 64-bit platforms.
 */
import type { LibraryHandle } from 'koffi';

/** An address in the memory of the process. */
export type Pointer = bigint;

/** What an argument that is an address may be: an array is passed as the address of its memory. */
type Memory = Pointer | Uint8Array | Int32Array | BigInt64Array | BigUint64Array | null;

export type SessionRunArguments = readonly [
  session: Pointer,
  options: null,
  inputs: Memory,
  inputValues: Memory,
  inputCount: number,
  outputs: Memory,
  outputValues: Memory,
  outputCount: number,
  targets: Memory,
  targetCount: number,
  metadata: null,
  status: Pointer,
];

interface SessionRun {
  (...args: SessionRunArguments): void;
  async(...args: [...SessionRunArguments, (error: unknown) => void]): void;
}

export interface TensorFlowApi {
  readonly version: () => string;
  readonly newStatus: () => Pointer;
  readonly deleteStatus: (status: Pointer) => void;
  readonly statusCode: (status: Pointer) => number;
  readonly statusMessage: (status: Pointer) => string;
  readonly newGraph: () => Pointer;
  readonly deleteGraph: (graph: Pointer) => void;
  readonly newImportOptions: () => Pointer;
  readonly deleteImportOptions: (options: Pointer) => void;
  readonly importGraph: (graph: Pointer, definition: Pointer, options: Pointer, status: Pointer) => void;
  readonly newBuffer: (data: Uint8Array, size: number) => Pointer;
  readonly deleteBuffer: (buffer: Pointer) => void;
  readonly operation: (graph: Pointer, name: string) => Pointer | null;
  readonly newSessionOptions: () => Pointer;
  readonly deleteSessionOptions: (options: Pointer) => void;
  readonly setConfig: (options: Pointer, config: Uint8Array, size: number, status: Pointer) => void;
  readonly newSession: (graph: Pointer, options: Pointer, status: Pointer) => Pointer | null;
  readonly closeSession: (session: Pointer, status: Pointer) => void;
  readonly deleteSession: (session: Pointer, status: Pointer) => void;
  readonly runSession: SessionRun;
  readonly listDevices: (session: Pointer, status: Pointer) => Pointer | null;
  readonly deviceCount: (list: Pointer) => number;
  readonly deviceType: (list: Pointer, index: number, status: Pointer) => string;
  readonly deleteDevices: (list: Pointer) => void;
  readonly allocateTensor: (
    type: number,
    extents: BigInt64Array,
    rank: number,
    bytes: number,
  ) => Pointer | null;
  readonly deleteTensor: (tensor: Pointer) => void;
  readonly tensorData: (tensor: Pointer) => Pointer;
}

/** Throws if the library lacks one of the functions. */
export function bindTensorFlow(library: LibraryHandle): TensorFlowApi {
  const bind = (definition: string): ReturnType<LibraryHandle['func']> => library.func(definition);
  return {
    version: bind('const char *TF_Version()'),
    newStatus: bind('void *TF_NewStatus()'),
    deleteStatus: bind('void TF_DeleteStatus(void *status)'),
    statusCode: bind('int TF_GetCode(void *status)'),
    statusMessage: bind('const char *TF_Message(void *status)'),
    newGraph: bind('void *TF_NewGraph()'),
    deleteGraph: bind('void TF_DeleteGraph(void *graph)'),
    newImportOptions: bind('void *TF_NewImportGraphDefOptions()'),
    deleteImportOptions: bind('void TF_DeleteImportGraphDefOptions(void *options)'),
    importGraph: bind(
      'void TF_GraphImportGraphDef(void *graph, void *definition, void *options, void *status)',
    ),
    newBuffer: bind('void *TF_NewBufferFromString(void *data, size_t size)'),
    deleteBuffer: bind('void TF_DeleteBuffer(void *buffer)'),
    operation: bind('void *TF_GraphOperationByName(void *graph, const char *name)'),
    newSessionOptions: bind('void *TF_NewSessionOptions()'),
    deleteSessionOptions: bind('void TF_DeleteSessionOptions(void *options)'),
    setConfig: bind('void TF_SetConfig(void *options, void *config, size_t size, void *status)'),
    newSession: bind('void *TF_NewSession(void *graph, void *options, void *status)'),
    closeSession: bind('void TF_CloseSession(void *session, void *status)'),
    deleteSession: bind('void TF_DeleteSession(void *session, void *status)'),
    runSession: bind(
      'void TF_SessionRun(void *session, void *options, void *inputs, void *inputValues, int inputCount, void *outputs, void *outputValues, int outputCount, void *targets, int targetCount, void *metadata, void *status)',
    ),
    listDevices: bind('void *TF_SessionListDevices(void *session, void *status)'),
    deviceCount: bind('int TF_DeviceListCount(void *list)'),
    deviceType: bind('const char *TF_DeviceListType(void *list, int index, void *status)'),
    deleteDevices: bind('void TF_DeleteDeviceList(void *list)'),
    allocateTensor: bind('void *TF_AllocateTensor(int type, void *extents, int rank, size_t bytes)'),
    deleteTensor: bind('void TF_DeleteTensor(void *tensor)'),
    tensorData: bind('void *TF_TensorData(void *tensor)'),
  };
}
