using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Model;
using static Onnx.AttributeProto.Types;

namespace OnnxPrune.Advanced;

/// <summary>One node of a graph: its operator, its input values and its output values.</summary>
public sealed class Node
{
    private string? label;

    internal Node(int index, NodeProto proto, long opset)
    {
        Index = index;
        Proto = proto;
        Opset = opset;
        Domain = proto.Domain is "ai.onnx" ? "" : proto.Domain;
    }

    /// <summary>Position in <see cref="Graph.Nodes"/>, a topological order.</summary>
    public int Index { get; }

    /// <summary>The protobuf message; never changed in place.</summary>
    internal NodeProto Proto { get; }

    /// <summary>The operator's name.</summary>
    public string OpType => Proto.OpType;

    /// <summary>The operator's domain; empty for ai.onnx.</summary>
    public string Domain { get; }

    /// <summary>The opset version that the model imports for <see cref="Domain"/>; 0 if the model does not import the domain.</summary>
    public long Opset { get; }

    /// <summary>The inputs by slot; null for an omitted optional input.</summary>
    public Value?[] Inputs { get; internal set; } = [];

    /// <summary>The outputs by slot; null for an omitted optional output.</summary>
    public Value?[] Outputs { get; internal set; } = [];

    /// <summary>The values of the enclosing graph that the sub-graphs of the node read.</summary>
    public IReadOnlyList<Value> Captured { get; internal set; } = [];

    /// <summary>The sub-graphs by the names of their attributes.</summary>
    internal IReadOnlyDictionary<string, Body> Bodies { get; set; } = new Dictionary<string, Body>();

    /// <summary>The node in messages: the operator and the name of the node, or the first output of a node without a name.</summary>
    public string Label => label ??= $"{OpType} {(Proto.Name.Length > 0 ? Proto.Name : Proto.Output.FirstOrDefault())}";

    /// <summary>Every value that the node or one of its sub-graphs reads.</summary>
    public IEnumerable<Value> Reads => Inputs.OfType<Value>().Concat(Captured);

    /// <summary>The attribute <paramref name="name"/>, or null.</summary>
    internal AttributeProto? Attribute(string name) => Proto.Attribute.FirstOrDefault(a => a.Name == name);

    /// <summary>The output in a slot.</summary>
    /// <exception cref="OnnxPruneException">OP1006: it is left out, although the operator always computes it.</exception>
    internal Value OutputAt(int slot) =>
        slot < Outputs.Length && Outputs[slot] is { } value ? value : throw Errors.Malformed($"{Label} lacks its output {slot}");

    /// <summary>An integer attribute.</summary>
    public long Int(string name, long otherwise) => Attribute(name, AttributeType.Int)?.I ?? otherwise;

    /// <summary>A float attribute.</summary>
    public float Float(string name, float otherwise) => Attribute(name, AttributeType.Float)?.F ?? otherwise;

    /// <summary>A string attribute.</summary>
    public string Text(string name, string otherwise) => Attribute(name, AttributeType.String)?.S.ToStringUtf8() ?? otherwise;

    /// <summary>A list of integers; null if the node does not have the attribute.</summary>
    public long[]? Ints(string name) => Attribute(name, AttributeType.Ints)?.Ints.ToArray();

    /// <inheritdoc/>
    public override string ToString() => Label;

    // A value of another kind would be read as 0. IR version 1 did not state kinds.
    private AttributeProto? Attribute(string name, AttributeType kind)
    {
        var found = Attribute(name);
        if (found is not null && found.Type is not AttributeType.Undefined && found.Type != kind)
            throw Errors.Malformed($"the attribute '{name}' of {Label} holds {found.Type} in place of {kind}");
        return found;
    }
}
