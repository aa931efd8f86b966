using Onnx;
using OnnxPrune.Model;
using static Onnx.AttributeProto.Types;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>Adds nodes, constants and outputs to a graph under names of their own.</summary>
internal sealed class GraphExtension(ModelProto model, string prefix)
{
    private readonly long opset = model.OpsetImport.First(o => o.Domain is "" or "ai.onnx").Version;
    private int count;

    /// <summary>Adds a node with one output and returns that output's name.</summary>
    public string Node(string op, IEnumerable<string> inputs, params AttributeProto[] attributes)
    {
        string output = $"{prefix}{count++}";
        model.Graph.Node.Add(new NodeProto { OpType = op, Name = output, Input = { inputs }, Output = { output }, Attribute = { attributes } });
        return output;
    }

    /// <summary>Adds a constant and returns its name.</summary>
    public string Constant(TensorProto tensor)
    {
        tensor.Name = $"{prefix}{count++}";
        model.Graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    /// <summary>Adds a vector of integers, such as the shape of a Reshape.</summary>
    public string Integers(params ReadOnlySpan<long> values) => Constant(Tensors.Int64s("", values));

    /// <summary>Σ over one axis, which goes away; an attribute before opset 13 and an input since.</summary>
    public string Sum(string input, int axis) => opset < 13
        ? Node("ReduceSum", [input], Ints("axes", axis), Int("keepdims", 0))
        : Node("ReduceSum", [input, Integers(axis)], Int("keepdims", 0));

    /// <summary>1 where an element is not zero, 0 where it is, in float32.</summary>
    public string IsNotZero(string input) => Node("Cast", [Node("Cast", [input], Int("to", (int)ElementType.Bool))], Int("to", (int)ElementType.Float));

    /// <summary>Appends one zero to the last axis; pads are an attribute before opset 11 and an input since.</summary>
    public string PadLast(string input, int rank)
    {
        long[] pads = new long[2 * rank];
        pads[^1] = 1;
        return opset < 11 ? Node("Pad", [input], Ints("pads", pads)) : Node("Pad", [input, Integers(pads)]);
    }

    /// <summary>True where the model's opset has Where: since 9.</summary>
    public bool HasWhere => opset >= 9;

    /// <summary>Makes a value an output of the graph.</summary>
    public void Output(string name) => model.Graph.Output.Add(new ValueInfoProto { Name = name });

    public static AttributeProto Int(string name, long value) => new() { Name = name, Type = AttributeType.Int, I = value };

    public static AttributeProto Ints(string name, params ReadOnlySpan<long> values) =>
        new() { Name = name, Type = AttributeType.Ints, Ints = { values.ToArray() } };
}
