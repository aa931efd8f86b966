using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Model;
using OnnxPrune.Operators;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Rewriting;

/// <summary>One node on its way from the original graph to the pruned one.</summary>
internal sealed class NodeRewrite : AdjustContext
{
    private readonly GraphRewriter graph;
    private readonly NodeProto proto;
    private readonly List<Value?> inputs;

    public NodeRewrite(GraphRewriter graph, Node node)
    {
        this.graph = graph;
        Node = node;
        proto = node.Proto.Clone();
        inputs = [.. node.Inputs];
        for (int i = 0; i < inputs.Count; i++) if (inputs[i] is { Initializer: not null } value) proto.Input[i] = graph.NameOf(value);
    }

    public override Node Node { get; }

    /// <summary>The node as it now is.</summary>
    public NodeProto Proto => proto;

    public override TensorType OldInput(int input) => Has(input) ? graph.Analysis.Shapes.Operand(Node, input) : TensorType.Unknown;

    public override IReadOnlyList<Size> KeptInput(int input) => graph.TypeOf(Node.Inputs[input]!).Shape!;

    // Sizes that no rule infers are those that the node computes from its data.
    public override IReadOnlyList<Size> KeptOutput(int output) => Node.Outputs[output] is var value
        ? [.. graph.KeptShape(value!)!.Select((size, axis) => graph.Analysis.Shapes.IsFilled(value!, axis) ? Size.Unknown : size)]
        : [];

    public override bool[]? InputMask(int input, int axis) => graph.MaskOf(Node.Inputs[input]!, axis);

    public override bool[]? OutputMask(int output, int axis) => graph.MaskOf(Node.Outputs[output]!, axis);

    public override Size KeptRecorded(string name) => graph.Sizes.Of(graph.Analysis.Layouts.Recorded(Node, name));

    public override Size OldRecorded(string name) => graph.Analysis.Layouts.Unifier.Arena.SizeOf(graph.Analysis.Layouts.Recorded(Node, name));

    public override void SetAttribute(string name, long value)
    {
        RemoveAttribute(name);
        proto.Attribute.Add(new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value });
    }

    public override void SetAttribute(string name, float value)
    {
        RemoveAttribute(name);
        proto.Attribute.Add(new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = value });
    }

    public override void SetAttribute(string name, IReadOnlyList<long> values)
    {
        RemoveAttribute(name);
        proto.Attribute.Add(new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints, Ints = { values } });
    }

    public override void SetAttribute(string name, IReadOnlyList<float> values)
    {
        RemoveAttribute(name);
        proto.Attribute.Add(new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Floats, Floats = { values } });
    }

    public override void RemoveAttribute(string name)
    {
        if (proto.Attribute.FirstOrDefault(a => a.Name == name) is { } attribute) proto.Attribute.Remove(attribute);
    }

    public override void SetOperand(int input, IReadOnlyList<Size> wanted)
    {
        var current = input < inputs.Count && inputs[input] is { } value ? graph.TypeOf(value).AsSizes() : TensorType.Unknown;
        var elements = current.Content?.ToSizes() ?? [];
        if (elements.AsSpan().SequenceEqual(wanted.ToArray())) return;
        var type = current.Type == ElementType.Undefined ? ElementType.Int64 : current.Type;
        if (wanted.All(w => w.IsConcrete))
        {
            Replace(input, graph.AddConstant(OperandName(input), type, wanted));
            return;
        }
        var operand = new ShapeOperand(graph, Node, OperandName(input), type);
        string old = elements.Length == wanted.Count && inputs[input] is { IsDefault: false } ? proto.Input[input] : "";
        Replace(input, operand.Build((old, old.Length > 0 ? elements : []), wanted, Sources()));
    }

    // The node's own operands are computed before it, and so are the inputs of the graph.
    private IReadOnlyList<(string Name, IReadOnlyList<Size> Shape)> Sources() =>
        [.. from value in inputs.OfType<Value>().Where(v => v.Initializer is null).Concat(graph.Analysis.Graph.Inputs).Distinct()
            where graph.TypeOf(value).Shape is not null
            select (value.Name, (IReadOnlyList<Size>)graph.TypeOf(value).Shape!)];

    /// <summary>
    /// Replaces data that was computed from shapes, and now would change, by what it was. Data that varies, or that is not known, depends on
    /// axes that keep all their indices (<see cref="Layouts.LayoutInference"/> has pinned them), and stays computed.
    /// </summary>
    public void FreezeShapeDerivedData(Operator? rule)
    {
        for (int slot = 0; slot < inputs.Count; slot++)
        {
            if (inputs[slot] is not { } value || !graph.Analysis.Shapes.DerivesFromShapes(value) || rule?.IsShapeOperand(Node, slot) == true)
                continue;
            var old = graph.Analysis.Shapes[value].Content;
            if (old is not { IsConstant: true } || graph.TypeOf(value).Content?.SameAs(old) == true) continue;
            Replace(slot, graph.AddConstant(old.ToProto(graph.UniqueName(OperandName(slot)))));
        }
    }

    public override bool OutputsFit()
    {
        try
        {
            return Infer()?.Zip(Node.Outputs).All(p => p.Second is null || Fits(p.First, p.Second)) ?? true;
        }
        catch (InfeasibleShapeException)
        {
            return false;
        }
    }

    /// <summary>The types of the outputs of the rewritten node; null if no rule infers them.</summary>
    public IReadOnlyList<TensorType>? Infer()
    {
        var rule = graph.Analysis.Operators.Find(Node);
        if (rule is null || (!rule.AcceptsUnknownRanks && inputs.Exists(v => v is not null && graph.TypeOf(v).Shape is null))) return null;
        var now = new Node(Node.Index, proto, Node.Opset) { Inputs = [.. inputs], Outputs = Node.Outputs, Captured = Node.Captured, Bodies = Node.Bodies };
        var context = new ShapeContext(
            now,
            rule,
            graph.TypeOf,
            (_, _) => { },
            (body, given, outer) => ShapeInference.OfBody(body, given, outer, graph.Analysis.Operators.Find, graph.Analysis.Shapes.Valuation));
        rule.InferShapes(context);
        return [.. context.Outputs.Select((type, output) => Node.Outputs[output] is { } value ? Filled(type, value) : type)];
    }

    // Sizes that no rule infers do not change.
    private TensorType Filled(TensorType type, Value value)
    {
        if (type.Shape is not { } shape || shape.All(s => s.IsKnown) || graph.KeptShape(value) is not { } kept || kept.Count != shape.Length) return type;
        return type with { Shape = [.. shape.Select((size, axis) => !size.IsKnown && graph.Analysis.Shapes.IsFilled(value, axis) ? kept[axis] : size)] };
    }

    /// <summary>What the outputs are and what they should be, for a message.</summary>
    public string Mismatch()
    {
        string wanted = string.Join(' ', Node.Outputs.OfType<Value>().Select(o => $"[{string.Join(',', graph.KeptShape(o) ?? [])}]"));
        try
        {
            return $"{string.Join(' ', Infer() ?? [])} instead of {wanted}";
        }
        catch (InfeasibleShapeException e)
        {
            return $"{e.Message}; wanted {wanted}";
        }
    }

    private bool Fits(TensorType now, Value output)
    {
        if (graph.KeptShape(output) is not { } kept) return true;
        return now.Shape is { } shape && shape.Length == kept.Count && shape.Zip(kept).All(p => p.First.Same(p.Second) || !p.Second.IsKnown);
    }

    private void Replace(int input, Value value)
    {
        while (inputs.Count <= input) inputs.Add(null);
        while (proto.Input.Count <= input) proto.Input.Add("");
        inputs[input] = value;
        proto.Input[input] = value.Name;
    }

    private string OperandName(int input) => $"{Node.Proto.Output[0]}.operand{input}";
}
