"""Writes src/engine/tensorflow/messages_pb.ts from TensorFlow's own message definitions, as far as we use them.

PLUGIN=protoc-gen-es python scripts/tensorflow-messages.py, with the Python of an environment that has `tensorflow` and
the path of the plugin of the npm package @bufbuild/protoc-gen-es, in the version of @bufbuild/protobuf.
"""
import os
import subprocess
from pathlib import Path

from google.protobuf import descriptor_pb2
from google.protobuf.compiler import plugin_pb2
import tensorflow
from tensorflow.core.framework import (
    attr_value_pb2, graph_pb2, node_def_pb2, tensor_pb2, tensor_shape_pb2, types_pb2, variable_pb2, versions_pb2)
from tensorflow.core.protobuf import config_pb2, meta_graph_pb2, saved_model_pb2, saver_pb2, tensor_bundle_pb2

# The fields of each message that we write or read.
KEPT = {
    graph_pb2.GraphDef: ["node", "versions"],
    node_def_pb2.NodeDef: ["name", "op", "input", "device", "attr"],
    attr_value_pb2.AttrValue: ["s", "i", "f", "b", "type", "shape", "tensor", "list"],
    tensor_pb2.TensorProto: ["dtype", "tensor_shape", "tensor_content", "string_val"],
    tensor_shape_pb2.TensorShapeProto: ["dim", "unknown_rank"],
    versions_pb2.VersionDef: ["producer", "min_consumer", "bad_consumers"],
    config_pb2.ConfigProto: [
        "intra_op_parallelism_threads", "inter_op_parallelism_threads", "use_per_session_threads", "gpu_options",
        "graph_options"],
    config_pb2.GPUOptions: ["allow_growth"],
    config_pb2.GraphOptions: ["place_pruned_graph"],
    saved_model_pb2.SavedModel: ["saved_model_schema_version", "meta_graphs"],
    meta_graph_pb2.MetaGraphDef: ["meta_info_def", "graph_def", "saver_def", "collection_def", "signature_def"],
    meta_graph_pb2.SignatureDef: ["inputs", "outputs", "method_name"],
    meta_graph_pb2.TensorInfo: ["name", "dtype", "tensor_shape"],
    meta_graph_pb2.CollectionDef: ["bytes_list"],
    saver_pb2.SaverDef: [
        "filename_tensor_name", "save_tensor_name", "restore_op_name", "version"],
    variable_pb2.VariableDef: [
        "variable_name", "initial_value_name", "initializer_name", "snapshot_name", "is_resource", "trainable"],
    tensor_bundle_pb2.BundleHeaderProto: ["num_shards", "endianness", "version"],
    tensor_bundle_pb2.BundleEntryProto: ["dtype", "shape", "shard_id", "offset", "size", "crc32c"],
}
TYPES = ["INVALID", "FLOAT", "INT32", "UINT8", "INT64", "STRING", "BOOL", "RESOURCE"]
# Of the nested messages, those that hold one of these fields.
NESTED = {"MetaInfoDef": ["tags", "tensorflow_version"], "ListValue": ["s", "i", "f", "b", "type", "shape"],
          "BytesList": ["value"]}


def keep(message, names):
    """Drops the other fields, and the nested messages and groups of alternatives that nothing refers to then."""
    fields = [field for field in message.field if field.name in names]
    assert len(fields) == len(names), (message.name, names)
    groups = sorted({field.oneof_index for field in fields if field.HasField("oneof_index")})
    declared = [message.oneof_decl[index].name for index in groups]
    for field in fields:
        if field.HasField("oneof_index"):
            field.oneof_index = groups.index(field.oneof_index)
    used = {field.type_name.split(".")[-1] for field in fields}
    nested = [child for child in message.nested_type if child.name in used]
    enums = [child for child in message.enum_type if child.name in used]
    for child in nested:
        if child.name in NESTED:
            keep(child, NESTED[child.name])
    for name, values in (("field", fields), ("nested_type", nested), ("enum_type", enums)):
        copies = [type(value).FromString(value.SerializeToString()) for value in values]
        message.ClearField(name)
        getattr(message, name).extend(copies)
    del message.oneof_decl[:]
    message.oneof_decl.extend(descriptor_pb2.OneofDescriptorProto(name=name) for name in declared)
    message.ClearField("reserved_range")
    message.ClearField("reserved_name")


file = descriptor_pb2.FileDescriptorProto(name="messages.proto", package="tensorflow", syntax="proto3")
for message, names in KEPT.items():
    message.DESCRIPTOR.CopyToProto(file.message_type.add())
    keep(file.message_type[-1], names)
types = file.enum_type.add()
types_pb2.DataType.DESCRIPTOR.CopyToProto(types)
numbers = [types_pb2.DataType.Value(f"DT_{name}") for name in TYPES]
kept = [descriptor_pb2.EnumValueDescriptorProto(name=value.name, number=value.number)
        for value in types.value if value.number in numbers]
types.ClearField("value")
types.value.extend(kept)

request = plugin_pb2.CodeGeneratorRequest(file_to_generate=[file.name], parameter="target=ts", proto_file=[file])
made = subprocess.run([os.environ["PLUGIN"]], input=request.SerializeToString(), stdout=subprocess.PIPE, check=True)
response = plugin_pb2.CodeGeneratorResponse.FromString(made.stdout)
assert not response.error, response.error
target = Path(__file__).parent.parent / "src/engine/tensorflow/messages_pb.ts"
target.write_text(
    f"/** TensorFlow's messages, as far as we use them: generated by scripts/tensorflow-messages.py "
    f"from TensorFlow {tensorflow.__version__}. */\n{response.file[0].content}")
