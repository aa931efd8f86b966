using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Model;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Shapes;

/// <summary>
/// Infers the type of every value by running the operators' shape rules in topological order, at several valuations of the
/// symbolic dimensions at once. Needs no runtime. What cannot be inferred is unknown, with a warning that names the node.
/// </summary>
internal sealed class ShapeInference
{
    // Inferring the shapes of a large network takes tens of milliseconds.
    private const int MostAttempts = 64;

    private readonly ShapeRules rules;
    private readonly TensorType[] types;
    private readonly bool[] derivesFromShapes;
    private readonly List<Diagnostic> warnings = [];
    private readonly HashSet<Node> understood = [];
    private readonly List<(Size A, Size B)> unequal = [];
    private readonly Dictionary<Node, IReadOnlyList<BodyRun>> runs = [];
    private readonly HashSet<(int Value, int Axis)> filled = [];
    private readonly HashSet<Value> sequences = [];
    private readonly OpenSizes? open;

    private ShapeInference(Graph graph, ShapeRules rules, Valuation valuation, OpenSizes? open)
    {
        this.rules = rules;
        this.open = open;
        bool isBody = open is null;
        Graph = graph;
        Valuation = valuation;
        types = Array.ConvertAll([.. graph.Values], value => InitialType(value, isBody));
        derivesFromShapes = new bool[types.Length];
        if (!isBody) foreach (var input in graph.Inputs) Wrapped(input);
    }

    /// <summary>The graph.</summary>
    public Graph Graph { get; }

    /// <summary>The numbers that stand for the symbolic dimensions.</summary>
    public Valuation Valuation { get; }

    /// <summary>What could not be inferred.</summary>
    public IReadOnlyList<Diagnostic> Warnings => warnings;

    /// <summary>The type of a value.</summary>
    public TensorType this[Value value] => types[value.Id];

    /// <summary>The type of an input as the rule of its node reads it.</summary>
    public TensorType Operand(Node node, int slot) => node.Inputs[slot] is not { } value ? TensorType.Unknown
        : rules(node)?.IsShapeOperand(node, slot) == true ? this[value].AsSizes() : this[value];

    /// <summary>True for what Shape and Size compute, and for what is evaluated from that.</summary>
    public bool DerivesFromShapes(Value value) => derivesFromShapes[value.Id];

    /// <summary>True for a node whose rule inferred the shapes of all its outputs; other shapes are unknown or declared by the model.</summary>
    public bool Understands(Node node) => understood.Contains(node);

    /// <summary>The runs of the sub-graphs of a node; empty where they are not known.</summary>
    public IReadOnlyList<BodyRun> RunsOf(Node node) => runs.GetValueOrDefault(node) ?? [];

    /// <summary>
    /// True for an axis whose size no rule infers: it depends on data, or the model declares it. Cuts do not change such a size.
    /// </summary>
    public bool IsFilled(Value value, int axis) => filled.Contains((value.Id, axis));

    /// <summary>True for a sequence of tensors, and for an optional value that may hold one.</summary>
    public bool IsSequence(Value value) => sequences.Contains(value);

    /// <summary>The shape that the rule of its node infers for a value: sizes that depend on data, and sizes that are declared, are unknown.</summary>
    public Size[]? InferredShape(Value value) =>
        filled.Count == 0 ? this[value].Shape : this[value].Shape?.Select((size, axis) => IsFilled(value, axis) ? Size.Unknown : size).ToArray();

    /// <summary>True for a node that does nothing but arithmetic on shapes: its outputs were evaluated.</summary>
    public bool IsShapeArithmetic(Node node) => node.Outputs.All(o => o is null || derivesFromShapes[o.Id]);

    /// <summary>The types of all values of <paramref name="graph"/>.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="rules">The shape rule of each operator.</param>
    /// <param name="dimensions">What is known of the sizes of symbolic dimensions; the others have defaults.</param>
    public static ShapeInference Run(Graph graph, ShapeRules rules, DimensionSizes dimensions)
    {
        var inputs = graph.Inputs.Where(i => i.Declared is not null).Select(i => i.Declared!).ToList();
        ShapeInference? best = null;
        foreach (var valuation in Valuation.All(inputs, dimensions))
        {
            var attempt = At(graph, rules, valuation, OpenSizes.None);
            if (attempt.warnings.Count == 0) return attempt;
            if (best is null || attempt.warnings.Count < best.warnings.Count) best = attempt;
        }
        var opened = Opened(best!);
        if (opened.unequal.Count > 0) opened = Related(opened, inputs, dimensions);
        return opened.warnings.Count == 0 ? opened : Fitted(opened);
    }

    /// <summary>The types of all values of a sub-graph.</summary>
    /// <param name="body">The sub-graph.</param>
    /// <param name="inputs">The types of what its node gives it.</param>
    /// <param name="outer">The types of the values of the enclosing graph.</param>
    /// <param name="rules">The shape rule of each operator.</param>
    /// <param name="valuation">The numbers that stand for the symbolic dimensions.</param>
    public static ShapeInference OfBody(
        Body body, IReadOnlyList<TensorType> inputs, Func<Value, TensorType> outer, ShapeRules rules, Valuation valuation)
    {
        var inference = new ShapeInference(body.Graph, rules, valuation, open: null);
        for (int i = 0; i < body.Inputs.Count; i++)
            inference.types[body.Inputs[i].Id] = inference.Reconciled(i < inputs.Count ? inputs[i] : null, body.Inputs[i]);
        foreach (var (inner, captured) in body.Captured) inference.types[inner.Id] = outer(captured);
        foreach (var node in body.Graph.Nodes) inference.Infer(node);
        return inference;
    }

    // Sizes that fit more nodes, symbol by symbol: windows, pads and hard-coded sizes have bounds of their own.
    private static ShapeInference Fitted(ShapeInference best)
    {
        int attempts = 0;
        for (bool improves = true; improves && best.warnings.Count > 0;)
        {
            improves = false;
            foreach (string symbol in best.Valuation.AllSymbols.ToList())
            {
                foreach (var size in best.Valuation.Others(symbol).ToList())
                {
                    if (++attempts > MostAttempts || best.warnings.Count == 0) return best;
                    var attempt = At(best.Graph, best.rules, best.Valuation.With(new Dictionary<string, Size> { [symbol] = size }), best.open!);
                    if (attempt.understood.Count <= best.understood.Count) continue;
                    (best, improves) = (attempt, true);
                }
            }
        }
        return best;
    }

    // The symbols of a model may depend on each other, as those of past, new and all tokens do; sizes that do not fit reveal the dependence.
    private static ShapeInference Related(ShapeInference best, List<ValueInfoProto> inputs, DimensionSizes dimensions)
    {
        for (var bound = new Dictionary<string, Size>(); ;)
        {
            var attempt = At(best.Graph, best.rules, Valuation.Distinct(inputs, dimensions, bound), best.open!);
            if (attempt.warnings.Count < best.warnings.Count) best = attempt;
            var relation = attempt.unequal.Select(u => attempt.Valuation.Relation(u.A, u.B)).FirstOrDefault(r => r is not null);
            if (relation is null) return best;
            bound.Add(relation.Value.Symbol, relation.Value.Size);
        }
    }

    // Sizes that depend on data are equal where the model demands it, as those of points and of their scores are.
    private static ShapeInference At(Graph graph, ShapeRules rules, Valuation valuation, OpenSizes open)
    {
        while (true)
        {
            var inference = new ShapeInference(graph, rules, valuation, open.Again());
            foreach (var node in graph.Nodes) inference.Infer(node);
            var related = inference.unequal.Select(u => inference.open!.Relating(u.A, u.B)).FirstOrDefault(o => o is not null);
            if (related is null) return inference;
            open = related;
        }
    }

    // Other numbers for sizes that depend on data, or none, where more nodes fit with them.
    private static ShapeInference Opened(ShapeInference best)
    {
        int attempts = 0;
        foreach (int symbol in best.open!.Used)
        {
            foreach (var size in OpenSizes.Others(symbol))
            {
                if (best.warnings.Count == 0 || ++attempts > MostAttempts) break;
                best = Better(At(best.Graph, best.rules, best.Valuation, best.open!.With(symbol, size)), best);
            }
        }
        return best.warnings.Count == 0 || best.open!.Used.Count == 0
            ? best
            : Better(At(best.Graph, best.rules, best.Valuation, best.open!.Forgotten()), best);
    }

    private static ShapeInference Better(ShapeInference attempt, ShapeInference best) => attempt.understood.Count > best.understood.Count ? attempt : best;

    private TensorType InitialType(Value value, bool isBody)
    {
        if (value.Initializer is { } tensor)
            return new TensorType(Tensors.TypeOf(tensor), [.. tensor.Dims.Select(Size.Of)], IsKnown(value) ? KnownTensor.OfInitializer(tensor) : null);
        return value.IsInput && !isBody ? DeclaredType(value) : TensorType.Unknown;
    }

    // An optional tensor has the shape of the tensor that it holds, if it holds one, and a sequence that of its elements.
    private void Wrapped(Value input)
    {
        var declared = input.Declared?.Type?.OptionalType?.ElemType ?? input.Declared?.Type;
        if (declared?.SequenceType is not null) sequences.Add(input);
        var tensor = declared?.SequenceType?.ElemType?.TensorType ?? (declared == input.Declared?.Type ? null : declared?.TensorType);
        if (tensor is null) return;
        types[input.Id] = new TensorType((ElementType)tensor.ElemType, tensor.Shape is null ? null : [.. tensor.Shape.Dim.Select(DeclaredSize)]);
        if (!sequences.Contains(input) && types[input.Id].Shape is { } shape) FillOpen(input, shape);
    }

    // Integers that a caller may replace are the sizes at which the model runs by default, and so are factors of sizes. Nothing is known of other data
    // that a caller may replace.
    private bool IsKnown(Value initializer) => !initializer.IsDefault || !Tensors.IsFloat(initializer.Initializer!) || IsFactorOfSizes(initializer);

    private bool IsFactorOfSizes(Value value) => Graph.Nodes.Where(n => n.Reads.Contains(value)).All(n =>
        rules(n) is { } rule && !n.Inputs.Where((read, slot) => read == value && !rule.IsFactorOfSizes(n, slot)).Any());

    private TensorType DeclaredType(Value value) => value.Declared is { } declared
        ? new TensorType((ElementType)(declared.Type?.TensorType?.ElemType ?? 0), Valuation.Shape(declared))
        : TensorType.Unknown;

    private void Infer(Node node)
    {
        var rule = rules(node);
        var outputs = Outputs(node, rule);
        bool derives = node.Reads.Any(DerivesFromShapes);
        if (outputs?.Zip(node.Outputs).All(o => o.Second is null || o.First.Shape is not null) == true) understood.Add(node);
        for (int i = 0; i < node.Outputs.Length; i++)
        {
            if (node.Outputs[i] is not { } value) continue;
            types[value.Id] = Reconciled(outputs?[i], value);
            Fill(node, rule, value);
            derivesFromShapes[value.Id] = (rule?.ReadsShape == true && node.Inputs is [not null, ..])
                || (derives && types[value.Id].Content is not null && !(rule?.FillsShape == true && types[value.Id].Shape is { Length: > 1 }));
        }
    }

    private IReadOnlyList<TensorType>? Outputs(Node node, IShapeRule? rule)
    {
        if (rule is null || (!rule.AcceptsUnknownRanks && node.Inputs.Any(v => v is not null && this[v].Shape is null))) return null;
        var context = new ShapeContext(node, rule, v => this[v], AssumeRank, (body, inputs, outer) => OfBody(body, inputs, outer, rules, Valuation));
        try
        {
            rule.InferShapes(context);
            if (context.Runs.Count > 0) Ran(node, context.Runs);
            return context.Outputs;
        }
        catch (Exception e) when (e is InfeasibleShapeException || Errors.IsMisfit(e))
        {
            if (e is InfeasibleShapeException { Unequal: { } sizes }) unequal.Add(sizes);
            warnings.Add(
                new Diagnostic(
                    Severity.Warning,
                    ErrorCodes.UnknownShape,
                    $"the shapes at {node.Label} do not match ({e.Message}); the channels that it reads and writes are not pruned"));
            return null;
        }
        catch (Exception e) when (e is not OnnxPruneException)
        {
            throw Errors.Defect(node.Label, "shapes were inferred", e);
        }
    }

    private void Ran(Node node, IReadOnlyList<BodyRun> bodies)
    {
        runs[node] = bodies;
        foreach (var body in bodies)
        {
            warnings.AddRange(body.Shapes.warnings);
            unequal.AddRange(body.Shapes.unequal);
        }
    }

    private void AssumeRank(Value value, int rank)
    {
        types[value.Id] = types[value.Id] with { Shape = [.. Enumerable.Repeat(Size.Unknown, rank)] };
        if (open is not null) FillOpen(value, types[value.Id].Shape!);
    }

    // A size that a rule leaves open is what the model declares, or a symbol of its own. What is computed from sizes that stay unknown is unknown, too, and
    // elements of a sequence differ in their sizes.
    private void Fill(Node node, IShapeRule? rule, Value value)
    {
        if (rule?.MakesSequence == true || (rule?.TakesFromSequence != true && ReadsSequence(node))) sequences.Add(value);
        if (open is null || sequences.Contains(value) || types[value.Id].Shape is not { } shape || shape.All(s => s.IsKnown)) return;
        shape = [.. shape];
        types[value.Id] = types[value.Id] with { Shape = shape };
        if (rule?.CountsData != true && value.Declared?.Type?.TensorType?.Shape is { } declared && declared.Dim.Count == shape.Length)
        {
            for (int axis = 0; axis < shape.Length; axis++)
            {
                if (shape[axis].IsKnown || declared.Dim[axis] is not { HasDimValue: true, DimValue: > 0 }) continue;
                shape[axis] = Size.Of(declared.Dim[axis].DimValue);
                filled.Add((value.Id, axis));
            }
        }
        if (!node.Inputs.Any(v => v is not null && !sequences.Contains(v) && this[v].Shape?.All(s => s.IsKnown) == false)) FillOpen(value, shape);
    }

    private bool ReadsSequence(Node node) =>
        sequences.Count > 0 && node.Reads.Concat(node.Bodies.Values.SelectMany(b => b.Graph.Values)).Any(sequences.Contains);

    private void FillOpen(Value value, Size[] shape)
    {
        for (int axis = 0; axis < shape.Length; axis++)
        {
            if (shape[axis].IsKnown || open!.Of(value, axis) is not { IsKnown: true } size) continue;
            shape[axis] = size;
            filled.Add((value.Id, axis));
        }
    }

    // A rule's answer wins; the model's own declaration fills in where the rule, or its absence, leaves a shape open.
    private TensorType Reconciled(TensorType? inferred, Value value)
    {
        if (inferred?.Shape is not null || value.Declared?.Type?.TensorType is not { } declared) return inferred ?? TensorType.Unknown;
        var type = inferred is { Type: not ElementType.Undefined } ? inferred.Type : (ElementType)declared.ElemType;
        return new TensorType(type, declared.Shape is null ? null : [.. declared.Shape.Dim.Select(DeclaredSize)]);
    }

    // A symbol of an inner value is known if an input has it; what others stand for is the exporter's secret.
    private Size DeclaredSize(TensorShapeProto.Types.Dimension dimension)
    {
        if (dimension.HasDimValue) return dimension.DimValue > 0 ? Size.Of(dimension.DimValue) : Size.Unknown;
        return Valuation.SizeOf(dimension.DimParam);
    }
}
