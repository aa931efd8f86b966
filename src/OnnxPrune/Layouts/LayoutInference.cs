using OnnxPrune.Diagnostics;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Layouts;

/// <summary>
/// Infers a layout for every axis of every value: initializers start with fresh variables, the operators' rules unify them in
/// topological order, graph inputs and outputs are pinned. The time is linear in the number of axes, except for Concat chains.
/// </summary>
internal sealed class LayoutInference
{
    // The version converter of ONNX reaches it from older opsets, and runtimes have long supported it.
    private const long UsualOpset = 13;

    private readonly LayoutRules rules;
    private readonly FirstOpsets firstOpset;
    private readonly IReadOnlyList<Term>?[] layouts;
    private readonly List<Equation> equations = [];
    private readonly List<Diagnostic> warnings = [];
    private readonly Dictionary<(int Node, string Name), Term> recorded = [];
    private readonly List<(Term Term, AxisRole Role)> roles = [];
    private readonly HashSet<Node> coupled = [];
    private readonly Dictionary<ShapeInference, LayoutInference> bodies = new(ReferenceEqualityComparer.Instance);

    private LayoutInference(ShapeInference shapes, LayoutRules rules, FirstOpsets? firstOpset = null)
    {
        Shapes = shapes;
        this.rules = rules;
        this.firstOpset = firstOpset ?? (_ => null);
        layouts = new IReadOnlyList<Term>?[shapes.Graph.Values.Count];
        Quantized = QuantizedTensors.Find(shapes, rules);
    }

    /// <summary>The shapes.</summary>
    public ShapeInference Shapes { get; }

    /// <summary>The terms and what is known of their variables.</summary>
    public Unifier Unifier { get; } = new();

    /// <summary>The tensors whose elements stand for other numbers.</summary>
    public QuantizedTensors Quantized { get; }

    /// <summary>Everything that was made equal, for the certificate.</summary>
    public IReadOnlyList<Equation> Equations => equations;

    /// <summary>What operators have said that indices count.</summary>
    public IReadOnlyList<(Term Term, AxisRole Role)> Roles => roles;

    /// <summary>Warnings about parts that are not pruned, with reasons.</summary>
    public IReadOnlyList<Diagnostic> Warnings => warnings;

    private Graph Graph => Shapes.Graph;

    /// <summary>Infers the layouts of the graph of <paramref name="shapes"/>.</summary>
    /// <param name="shapes">The shapes.</param>
    /// <param name="rules">The layout rule of each operator.</param>
    /// <param name="firstOpset">Tells operators that are unknown from operators of an opset that is too old; null where nobody reads the reason.</param>
    public static LayoutInference Run(ShapeInference shapes, LayoutRules rules, FirstOpsets? firstOpset = null)
    {
        var inference = new LayoutInference(shapes, rules, firstOpset);
        foreach (var input in inference.Graph.Inputs) inference.SetFixed(input, new PinReason("graph", "", "graph input"));
        inference.CoupleNodes();
        foreach (var output in inference.Graph.Outputs) inference.Pin(output, new PinReason("graph", "", "graph output"));
        inference.Check();
        return inference;
    }

    /// <summary>The layouts of a sub-graph, inferred once.</summary>
    public LayoutInference OfBody(BodyRun run) => bodies.TryGetValue(run.Shapes, out var body) ? body : bodies[run.Shapes] = Run(run.Shapes, rules);

    /// <summary>
    /// The same with the ends of the graph open: inputs start with fresh variables and outputs are not pinned, so that only what the
    /// nodes themselves demand is in force. To show coupling (<see cref="LayoutPrinter"/>), not to prune by.
    /// </summary>
    public static LayoutInference RunOpen(ShapeInference shapes, LayoutRules rules)
    {
        var inference = new LayoutInference(shapes, rules);
        foreach (var input in inference.Graph.Inputs)
            inference.layouts[input.Id] = shapes[input].Shape?.Select(inference.Unifier.Arena.Leaf).ToList();
        inference.CoupleNodes();
        inference.Check();
        return inference;
    }

    /// <summary>The layout of a value, one term per axis; null where its rank is unknown.</summary>
    public IReadOnlyList<Term>? LayoutOf(Value value)
    {
        if (layouts[value.Id] is null && value.Initializer is { } tensor) layouts[value.Id] = InitialLayout(tensor);
        return layouts[value.Id];
    }

    /// <summary>The layout of one axis with everything learned put in.</summary>
    public Term Resolved(Value value, int axis) => Unifier.Substitution.Resolve(LayoutOf(value)![axis]);

    /// <summary>
    /// True for a node whose operator has coupled its axes; everything about others is pinned, and their operator is not asked again.
    /// </summary>
    public bool Understands(Node node) =>
        coupled.Contains(node) && node.Inputs.Concat(node.Outputs).All(v => v is null || LayoutOf(v) is not null);

    /// <summary>A term that a rule has recorded for its node, to be read when the node is rewritten.</summary>
    public Term Recorded(Node node, string name) => recorded[(node.Index, name)];

    // Strings are not cut.
    private List<Term> InitialLayout(Onnx.TensorProto tensor)
    {
        var type = Tensors.TypeOf(tensor);
        var unsized = ElementTypes.Bits(type) > 0 ? null : new PinReason("initializer", "", $"elements of type {type} are not cut");
        return [.. tensor.Dims.Select(d => unsized is null ? Unifier.Arena.Leaf(Size.Of(d)) : Unifier.Arena.Fixed(Size.Of(d), unsized))];
    }

    /// <summary>An inference that has seen no node yet, for <see cref="CoupleAlone"/>.</summary>
    internal static LayoutInference Unstarted(ShapeInference shapes, LayoutRules rules) => new(shapes, rules);

    /// <summary>The values of a node with what it alone demands of them: all that it reads starts with fresh variables.</summary>
    internal IReadOnlyList<(Value Value, IReadOnlyList<Term> Layout)> CoupleAlone(Node node)
    {
        foreach (var value in node.Reads)
            layouts[value.Id] = value.Initializer is { } tensor ? InitialLayout(tensor) : Shapes[value].Shape?.Select(Unifier.Arena.Leaf).ToList();
        Couple(node);
        var values = node.Reads.Concat(node.Outputs.OfType<Value>()).Distinct().Where(value => LayoutOf(value) is not null);
        return [.. values.Select(value => (value, (IReadOnlyList<Term>)[.. LayoutOf(value)!.Select(Unifier.Substitution.Resolve)]))];
    }

    /// <summary>Keeps everything about a node that its operator's rule does not fit, with a warning.</summary>
    internal void LeaveAlone(Node node, Exception because)
    {
        Warn(ErrorCodes.UnknownShape, $"{node.Label} is not pruned: {because.Message}");
        foreach (var value in node.Reads.Concat(node.Outputs.OfType<Value>()))
            Pin(value, new PinReason(node.OpType, node.Label, "the rule does not fit this node"));
        coupled.Remove(node);
    }

    internal void Record(Node node, string name, Term term) => recorded[(node.Index, name)] = term;

    internal void AddRole(Term term, AxisRole role) => roles.Add((term, role));

    internal void Equate(Term a, Term b, PinReason reason)
    {
        equations.Add(new Equation(a, b, reason));
        Unifier.Unify(a, b, reason);
    }

    internal void Warn(string code, string message) => warnings.Add(new Diagnostic(Severity.Warning, code, message));

    internal void SetLayout(Value value, IReadOnlyList<Term> layout, Node node)
    {
        var shape = Shapes[value].Shape!;
        if (layout.Count == shape.Length) layout = [.. layout.Select((term, axis) => Settled(value, axis, term, shape[axis], node))];
        bool fits = layout.Count == shape.Length && layout.Zip(shape).All(p => !p.Second.IsKnown || Unifier.Arena.SizeOf(p.First).Same(p.Second));
        if (!fits) throw Errors.Internal($"the layout of '{value.Name}' at {node.Label} does not have its shape {Shapes[value]}");
        layouts[value.Id] = layout;
    }

    // A size that no rule infers, or that depends on data, is never that of a variable.
    private Term Settled(Value value, int axis, Term term, Size size, Node node)
    {
        var own = Unifier.Arena.SizeOf(term);
        bool isOpen = !own.Same(size) && (own.DependsOnData || (size.IsKnown && (!own.IsKnown || size.DependsOnData)));
        if (!isOpen && !Shapes.IsFilled(value, axis)) return term;
        var reason = new PinReason(node.OpType, node.Label, "the size depends on data");
        Unifier.Substitution.Pin(term, reason);
        return Unifier.Arena.Fixed(size, reason);
    }

    internal void Pin(Value value, PinReason reason)
    {
        foreach (var term in LayoutOf(value) ?? []) Unifier.Substitution.Pin(term, reason);
    }

    internal void PinNode(Node node, PinReason reason)
    {
        foreach (var value in node.Reads) Pin(value, reason);
        foreach (var value in node.Outputs.OfType<Value>()) SetFixed(value, reason);
    }

    private void SetFixed(Value value, PinReason reason) =>
        layouts[value.Id] = Shapes[value].Shape?.Select(size => Unifier.Arena.Fixed(size, reason)).ToList();

    private void CoupleNodes()
    {
        foreach (var node in Graph.Nodes) Couple(node);
    }

    private void Check()
    {
        ShapeDependence.PinUnrepairable(this, rules);
        warnings.AddRange(Certificate.Enforce(Unifier.Substitution, Equations));
        WarnOfUnknownOperators();
    }

    private void Couple(Node node)
    {
        foreach (var captured in node.Captured) Pin(captured, new PinReason(node.OpType, node.Label, "read inside a sub-graph"));
        if (Shapes.IsShapeArithmetic(node)) CoupleShapeArithmetic(node);
        else if (rules(node) is not { } rule) PinNode(node, new PinReason(node.OpType, node.Label, WhyUnknown(node)));
        else if (!Shapes.Understands(node) || node.Inputs.Any(v => v is not null && Shapes[v].Shape is null))
            PinNode(node, new PinReason(node.OpType, node.Label, "its shapes are unknown"));
        else Couple(node, rule);
    }

    // Sizes are recomputed after pruning; a weight that takes part in the arithmetic must stay what it is.
    private void CoupleShapeArithmetic(Node node)
    {
        var reason = new PinReason(node.OpType, node.Label, "shape arithmetic");
        foreach (var output in node.Outputs.OfType<Value>()) SetFixed(output, reason);
        foreach (var input in node.Inputs.OfType<Value>().Where(v => v.Initializer is not null)) Pin(input, reason);
    }

    private void Couple(Node node, ILayoutRule rule)
    {
        try
        {
            rule.Couple(new CouplingContext(this, node));
            coupled.Add(node);
        }
        catch (Exception e) when (e is InfeasibleShapeException || Errors.IsMisfit(e))
        {
            LeaveAlone(node, e);
            PinNode(node, new PinReason(node.OpType, node.Label, "the rule does not fit this node"));
        }
        catch (Exception e) when (e is not OnnxPruneException)
        {
            throw Errors.Defect(node.Label, "axes were coupled", e);
        }
    }

    private void WarnOfUnknownOperators()
    {
        foreach (var kind in Graph.Nodes.Where(n => rules(n) is null && !Shapes.IsShapeArithmetic(n)).GroupBy(n => (n.Domain, n.OpType)))
        {
            string name = kind.Key.Domain.Length > 0 ? $"{kind.Key.Domain}.{kind.Key.OpType}" : kind.Key.OpType;
            string others = kind.Count() > 1 ? $" and {kind.Count() - 1} more" : "";
            string place = $"{kind.First().Label}{others}";
            string unpruned = "the channels that it reads and writes are not pruned";
            Warn(
                ErrorCodes.UnknownOperator,
                firstOpset(kind.First()) is { } first
                    ? $"opset {kind.First().Opset} is too old for {name} at {place}, which is known from opset {first} on: {unpruned}; {Conversion(first)}"
                    : $"unknown operator {name} at {place}: {unpruned}");
        }
    }

    private string WhyUnknown(Node node) => firstOpset(node) is { } first ? $"opset {node.Opset} is too old; {first} is needed" : "unknown operator";

    private static string Conversion(long first) => $"convert the model with onnx.version_converter.convert_version(model, {Math.Max(first, UsualOpset)})";
}
