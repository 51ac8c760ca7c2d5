/** The message in `saved_model.pb`: the graph, how it is called, and how its variables are restored. */
import { create, toBinary } from '@bufbuild/protobuf';
import { DATA_TYPE, graphDef, shapeProto } from '../../engine/tensorflow/graph-def';
import {
  CollectionDef_BytesListSchema,
  CollectionDefSchema,
  MetaGraphDef_MetaInfoDefSchema,
  MetaGraphDefSchema,
  SavedModelSchema,
  SaverDef_CheckpointFormatVersion,
  SaverDefSchema,
  SignatureDefSchema,
  TensorInfoSchema,
  VariableDefSchema,
} from '../../engine/tensorflow/messages_pb';
import type { SignatureValue } from './interface';
import type { ModelGraph, ModelVariable, Saver } from './model-graph';

export function encodeSavedModel({ nodes, inputs, outputs, variables, saver }: ModelGraph): Uint8Array {
  const collection = variableCollection(variables);
  const metaGraph = create(MetaGraphDefSchema, {
    metaInfoDef: create(MetaGraphDef_MetaInfoDefSchema, { tags: ['serve'] }),
    graphDef: graphDef(nodes),
    saverDef: saverDef(saver),
    collectionDef: { variables: collection, trainable_variables: collection },
    signatureDef: {
      serving_default: create(SignatureDefSchema, {
        inputs: tensorInfos(inputs),
        outputs: tensorInfos(outputs),
        methodName: 'tensorflow/serving/predict',
      }),
    },
  });
  return toBinary(
    SavedModelSchema,
    create(SavedModelSchema, { savedModelSchemaVersion: 1n, metaGraphs: [metaGraph] }),
  );
}

function saverDef({ file, save, restore }: Saver) {
  return create(SaverDefSchema, {
    filenameTensorName: `${file}:0`,
    saveTensorName: `${save}:0`,
    restoreOpName: restore,
    version: SaverDef_CheckpointFormatVersion.V2,
  });
}

function variableCollection(variables: readonly ModelVariable[]) {
  const value = variables.map(({ handle, read, initialValue, initialize }) =>
    toBinary(
      VariableDefSchema,
      create(VariableDefSchema, {
        variableName: `${handle}:0`,
        snapshotName: `${read}:0`,
        initialValueName: `${initialValue}:0`,
        initializerName: initialize,
        isResource: true,
        trainable: true,
      }),
    ),
  );
  return create(CollectionDefSchema, {
    kind: { case: 'bytesList', value: create(CollectionDef_BytesListSchema, { value }) },
  });
}

function tensorInfos(values: readonly SignatureValue[]) {
  return Object.fromEntries(
    values.map(({ name, node, type, shape }) => [
      name,
      create(TensorInfoSchema, {
        encoding: { case: 'name', value: `${node}:0` },
        dtype: DATA_TYPE[type],
        tensorShape: shapeProto(shape),
      }),
    ]),
  );
}
