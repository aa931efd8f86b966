using OnnxPrune.Model;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Advanced;

/// <summary>The context of a shape rule: one node, the types of its inputs, and the types of its outputs, which the rule sets.</summary>
public sealed class ShapeContext
{
    private readonly IShapeRule rule;
    private readonly Func<Value, TensorType> typeOf;
    private readonly Action<Value, int> assume;
    private readonly BodyInference inferBody;
    private readonly TensorType[] outputs;
    private readonly List<BodyRun> runs = [];

    internal ShapeContext(Node node, IShapeRule rule, Func<Value, TensorType> typeOf, Action<Value, int> assume, BodyInference inferBody)
    {
        this.rule = rule;
        this.inferBody = inferBody;
        Node = node;
        this.assume = assume;
        this.typeOf = typeOf;
        outputs = new TensorType[node.Outputs.Length];
        Array.Fill(outputs, TensorType.Unknown);
    }

    /// <summary>The node.</summary>
    public Node Node { get; }

    /// <summary>The types that the rule has set, by output slot.</summary>
    public IReadOnlyList<TensorType> Outputs => outputs;

    /// <summary>True if the node has an input in this slot.</summary>
    public bool Has(int input) => input < Node.Inputs.Length && Node.Inputs[input] is not null;

    /// <summary>The inferred type and contents of an input.</summary>
    public TensorType Input(int input)
    {
        if (!Has(input)) return TensorType.Unknown;
        var type = typeOf(Node.Inputs[input]!);
        return rule.IsShapeOperand(Node, input) ? type.AsSizes() : type;
    }

    /// <summary>The shape of an input whose rank is known.</summary>
    public Axes<Size> Shape(int input) => Has(input)
        ? new(Node, Input(input).Shape ?? throw new InfeasibleShapeException($"{Node.Label}: the rank of input {input} is unknown"))
        : throw InfeasibleShapeException.Lacks(Node, input);

    /// <summary>The contents of an input that depends only on shapes, or null.</summary>
    public KnownTensor? Content(int input) => Input(input).Content;

    /// <summary>The integers in a constant input, or null.</summary>
    public long[]? Constants(int input) => Content(input)?.ToConstants();

    /// <summary>A list that is an attribute in old opsets and an input in new opsets.</summary>
    public long[]? ConstantsOrAttribute(int input, string attribute) => Has(input) ? Constants(input) : Node.Ints(attribute);

    /// <summary>The axis, counted from the front, for a number that may be negative.</summary>
    public static int Axis(long axis, int rank)
    {
        long positive = axis < 0 ? axis + rank : axis;
        return positive >= 0 && positive < rank ? (int)positive : throw new InfeasibleShapeException($"axis {axis} of a tensor of rank {rank}");
    }

    /// <summary>States the rank of an input whose shape is otherwise unknown.</summary>
    public void AssumeRank(int input, int rank)
    {
        if (Has(input) && Input(input).Shape is null) assume(Node.Inputs[input]!, rank);
    }

    /// <summary>Sets the type of an output.</summary>
    public void Output(int output, ElementType type, Size[]? shape, KnownTensor? content = null)
    {
        if (output >= outputs.Length) return;
        if (shape is not null && shape.Any(s => s.IsNegative))
            throw new InfeasibleShapeException($"a negative size in {new TensorType(type, shape)}");
        outputs[output] = new TensorType(type, shape, content);
    }

    /// <summary>Sets the shape of the first output, which has the type of the first input.</summary>
    public void Output(Size[]? shape) => Output(shape, null);

    /// <summary>Sets the shape and contents of the first output, which has the type of the first input; null for unknown contents.</summary>
    public void Output(Size[]? shape, KnownTensor? content) => Output(0, Input(0).Type, shape, content);

    /// <summary>The runs of the sub-graphs of the node, as the rule has stated them.</summary>
    internal IReadOnlyList<BodyRun> Runs => runs;

    /// <summary>The sub-graph in an attribute.</summary>
    /// <exception cref="InfeasibleShapeException">The node does not have it.</exception>
    internal Body Body(string attribute) =>
        Node.Bodies.GetValueOrDefault(attribute) ?? throw new InfeasibleShapeException($"{Node.Label} lacks the sub-graph '{attribute}'");

    /// <summary>Infers the types of all values of a sub-graph.</summary>
    /// <param name="body">The sub-graph.</param>
    /// <param name="inputs">The types of what the node gives it.</param>
    internal ShapeInference Infer(Body body, IReadOnlyList<TensorType> inputs) => inferBody(body, inputs, typeOf);

    /// <summary>States that the node runs a sub-graph.</summary>
    internal void Run(BodyRun run) => runs.Add(run);

    /// <summary>Fails because the shapes do not fit.</summary>
    /// <exception cref="InfeasibleShapeException">Always.</exception>
    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    public void Infeasible(string why) => throw new InfeasibleShapeException($"{Node.Label}: {why}");

    /// <summary>Fails because two sizes differ that must be equal.</summary>
    /// <exception cref="InfeasibleShapeException">Always.</exception>
    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    public void Infeasible(string why, Size a, Size b) => throw new InfeasibleShapeException($"{Node.Label}: {why}", (a, b));
}
