"""Builds the int8 ONNX encoder of the bundled model: token ids in, one unit vector out.

The graph takes ONE text, `input_ids` (1, tokens) int64, and returns `embedding` (1, hidden)
float32.
Dynamic quantization scales a whole activation tensor by its largest value, so in a batch a text's
vector would depend on its companions (cosine 0.997 to itself). A single text also needs no padding
and no mask, and is faster: 46 passages a second against 35 in batches of 32, on two cores. Texts
run side by side in threads instead.

The nodes are onnxruntime's own fused operators, so its optimizer has nothing left to do.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from index.bundled_source import Blocks, SourceModel

# Names the arithmetic below: raise it when vectors change, and archives will want re-embedding.
RECIPE = "int8-1"
INPUT, OUTPUT = "input_ids", "embedding"
# 7 bits, not 8. A CPU without VNNI adds two products of a uint8 and an int8 in 16 bits: with ±64
# the sum is at most 2 * 255 * 64 = 32640 and cannot saturate; with ±127 it silently does.
WEIGHT_LIMIT = 64
# In these layers a few activations behind GELU dwarf the others and one scale for the tensor loses
# the rest: they carry half of the whole quantization error. There the wheel's 4-bit blocks are
# kept as they are, with a scale for every 32 activations, for 6 % of the speed.
BLOCKWISE_LAYERS = (0, 4)
_FUSED = "com.microsoft"
_OPSETS = [helper.make_opsetid("", 21), helper.make_opsetid(_FUSED, 1)]
_IR_VERSION = 10


def write_encoder(model: SourceModel, path: Path) -> None:
    """Write the encoder of `model` to `path`, about 80 MB."""
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(_Graph(model).build(), path)


def quantize_rows(
    weights: npt.NDArray[np.float32],
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Round (outputs, inputs) weights to ±WEIGHT_LIMIT with one scale an output."""
    scales = np.abs(weights).max(axis=1) / WEIGHT_LIMIT
    # A row of zeros has no scale; any will do.
    scales = np.where(scales > 0, scales, 1).astype(np.float32)
    return np.rint(weights / scales[:, None]).astype(np.int8), scales


class _Graph:
    """Collects nodes and initializers; a value is known by its name."""

    def __init__(self, model: SourceModel) -> None:
        self._model = model
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def build(self) -> onnx.ModelProto:
        shape = self._model.shape
        value = self._embeddings()
        for layer in range(shape.layers):
            value = self._layer(layer, value)
        pooled = self._node("ReduceMean", [value, self._constant("axis", _ints(1))], keepdims=0)
        self._node("LpNormalization", [pooled], OUTPUT, axis=-1, p=2)
        graph = helper.make_graph(
            self._nodes,
            "encoder",
            [helper.make_tensor_value_info(INPUT, TensorProto.INT64, [1, "tokens"])],
            [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [1, shape.hidden])],
            self._constants,
        )
        return helper.make_model(
            graph, opset_imports=_OPSETS, ir_version=_IR_VERSION, producer_name="huibao"
        )

    def _embeddings(self) -> str:
        shape, vectors = self._model.shape, self._model.vectors
        words = self._model.matrices["emb.word"]
        tokens = self._node(
            "GatherBlockQuantized",
            [self._int4("emb.word", words), INPUT, self._constant("emb.scales", words.scales)],
            domain=_FUSED,
            block_size=words.codes.shape[2],
            gather_axis=0,
            quantize_axis=1,
        )
        # A single text is all of token type 0, so its row joins the positions.
        positions = vectors["emb.pos"].reshape(-1, shape.hidden)
        positions = positions + vectors["emb.type"][: shape.hidden]
        zero = self._constant("zero", _ints(0))
        length = self._node("Shape", [INPUT], start=1, end=2)
        places = self._node("Slice", [self._constant("positions", positions), zero, length, zero])
        return self._normalized(self._node("Add", [tokens, places]), "emb.ln")

    def _layer(self, layer: int, value: str) -> str:
        name = f"l{layer}."
        joined = self._linear(value, [name + "q", name + "k", name + "v"])
        parts = [f"{name}{part}.out" for part in "qkv"]
        self._nodes.append(helper.make_node("Split", [joined], parts, axis=-1, num_outputs=3))
        heads = self._model.shape.heads
        mixed = self._node("MultiHeadAttention", parts, domain=_FUSED, num_heads=heads)
        attended = self._linear(mixed, [name + "ao"])
        value = self._normalized(self._node("Add", [value, attended]), name + "aln")

        wide = self._node("Gelu", [self._linear(value, [name + "fi"])], domain=_FUSED)
        narrow = self._linear(wide, [name + "fo"], blockwise=layer in BLOCKWISE_LAYERS)
        return self._normalized(self._node("Add", [value, narrow]), name + "oln")

    def _linear(self, value: str, names: list[str], blockwise: bool = False) -> str:
        """Multiply by the named matrices, one above the other, and add their biases."""
        blocks = [self._model.matrices[name + ".w"] for name in names]
        joined = Blocks(
            np.concatenate([part.codes for part in blocks]),
            np.concatenate([part.scales for part in blocks]),
        )
        bias = np.concatenate([self._model.vectors[name + ".b"] for name in names])
        bias_name = self._constant(names[0] + ".bias", bias)
        rows, blocks_a_row, block = joined.codes.shape
        if blockwise:
            packed = joined.codes[:, :, 0::2] | (joined.codes[:, :, 1::2] << 4)
            codes = self._constant(names[0] + ".codes", packed)
            scales = self._constant(names[0] + ".scales", joined.scales.reshape(-1))
            return self._node(
                "MatMulNBits",
                [value, codes, scales, "", "", bias_name],
                domain=_FUSED,
                K=blocks_a_row * block,
                N=rows,
                bits=4,
                block_size=block,
                accuracy_level=4,  # int8 activations; the default would compute in float32
            )
        rounded, row_scales = quantize_rows(joined.dense())
        weights = self._constant(names[0] + ".weights", rounded.T)
        scales = self._constant(names[0] + ".scales", row_scales)
        zeros = self._constant(names[0] + ".zeros", np.zeros(rows, np.int8))
        inputs = [value, weights, scales, zeros, bias_name]
        return self._node("DynamicQuantizeMatMul", inputs, domain=_FUSED)

    def _normalized(self, value: str, name: str) -> str:
        # LayerNormalization behind a plain Add: the fused SkipLayerNormalization is slower.
        weight = self._constant(name + ".w", self._model.vectors[name + ".w"])
        bias = self._constant(name + ".b", self._model.vectors[name + ".b"])
        epsilon = self._model.shape.epsilon
        return self._node("LayerNormalization", [value, weight, bias], axis=-1, epsilon=epsilon)

    def _node(
        self, kind: str, inputs: list[str], output: str = "", domain: str = "", **attributes: Any
    ) -> str:
        output = output or f"{len(self._nodes)}.{kind}"
        self._nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **attributes))
        return output

    def _constant(self, name: str, values: npt.NDArray[Any]) -> str:
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _int4(self, name: str, blocks: Blocks) -> str:
        """Store codes as signed 4-bit numbers, two a byte, the first in the low half."""
        codes = blocks.codes.reshape(len(blocks.codes), -1)
        signed = codes ^ 8  # code - 8 in two's complement
        packed = signed[:, 0::2] | (signed[:, 1::2] << 4)
        self._constants.append(
            helper.make_tensor(name, TensorProto.INT4, codes.shape, packed.tobytes(), raw=True)
        )
        return name


def _ints(*values: int) -> npt.NDArray[np.int64]:
    return np.array(values, dtype=np.int64)
