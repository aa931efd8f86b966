using System.Reflection;

namespace OnnxPrune.Packages.Tests.Api;

/// <summary>The first line of a type, as C# writes it.</summary>
internal static class TypeDeclaration
{
    /// <summary>The declaration with base type, interfaces and constraints.</summary>
    public static string Of(Type type)
    {
        string line = $"{Modifiers(type)}{Kind(type)} {TypeName.Of(type)}";
        if (IsDelegate(type)) return $"delegate {MemberDeclarations.Signature(type.GetMethod("Invoke")!, TypeName.Of(type))}";
        if (type.IsEnum) return $"{line} {{ {string.Join(", ", Enum.GetNames(type).Select(name => $"{name} = {Enum.Parse(type, name):D}"))} }}";
        string[] bases = [.. Bases(type)];
        return line + (bases.Length > 0 ? $" : {string.Join(", ", bases)}" : "") + Constraints(type.GetGenericArguments());
    }

    /// <summary>True for delegates.</summary>
    public static bool IsDelegate(Type type) => typeof(Delegate).IsAssignableFrom(type);

    /// <summary>True for records, whose equality and printing the compiler writes.</summary>
    public static bool IsRecord(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly) is not null;

    /// <summary>The constraints of generic parameters, with a leading space, or nothing.</summary>
    public static string Constraints(IEnumerable<Type> parameters) => string.Concat(parameters.Where(p => p.IsGenericParameter).Select(Constraint));

    private static string Constraint(Type parameter)
    {
        var flags = parameter.GenericParameterAttributes;
        bool value = flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        var types = parameter.GetGenericParameterConstraints().Where(c => c != typeof(ValueType));
        string[] all =
        [
            .. flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) ? ["class"] : Array.Empty<string>(),
            .. value ? ["struct"] : Array.Empty<string>(),
            .. types.Select(c => TypeName.Of(c)).Order(StringComparer.Ordinal),
            .. flags.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !value ? ["new()"] : Array.Empty<string>(),
        ];
        return all.Length == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", all)}";
    }

    private static string Modifiers(Type type) => type switch
    {
        { IsEnum: true } or { IsInterface: true } => "",
        { IsValueType: true } => IsReadOnly(type) ? "readonly " : "",
        { IsAbstract: true, IsSealed: true } => "static ",
        { IsAbstract: true } => "abstract ",
        { IsSealed: true } => "sealed ",
        _ => "",
    };

    private static bool IsReadOnly(Type type) => type.CustomAttributes.Any(a => a.AttributeType.Name == "IsReadOnlyAttribute");

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsByRefLike: true } => "ref struct",
        { IsValueType: true } => IsRecord(type) ? "record struct" : "struct",
        _ => IsRecord(type) ? "record" : "class",
    };

    private static IEnumerable<string> Bases(Type type)
    {
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType)) yield return TypeName.Of(parent);
        var inherited = type.GetInterfaces().SelectMany(i => i.GetInterfaces()).Concat(type.BaseType?.GetInterfaces() ?? []);
        var own = type.GetInterfaces().Except(inherited).Where(i => i.IsVisible && !(IsRecord(type) && i.Name == "IEquatable`1"));
        foreach (string name in own.Select(i => TypeName.Of(i)).Order(StringComparer.Ordinal)) yield return name;
    }
}
