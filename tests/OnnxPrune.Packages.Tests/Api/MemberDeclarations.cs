using System.Reflection;
using System.Runtime.CompilerServices;

namespace OnnxPrune.Packages.Tests.Api;

/// <summary>The members of a type that its users, and types derived from it, can see; not those that the compiler writes for records.</summary>
internal static class MemberDeclarations
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Constructors, constants and fields, properties, events, methods; each kind sorted by name.</summary>
    public static IEnumerable<string> Of(Type type)
    {
        if (type.IsEnum || TypeDeclaration.IsDelegate(type)) return [];
        string name = type.Name.Split('`')[0];
        return
        [
            .. Sorted(type.GetConstructors(All).Where(c => IsSeen(c) && IsWritten(c))).Select(c => Access(c) + ParameterText.Named(c, name)),
            .. Sorted(type.GetFields(All).Where(f => f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly)).Select(Field),
            .. Sorted(type.GetProperties(All).Where(p => p.Name != "EqualityContract" && p.GetAccessors(true).Any(IsSeen))).Select(Property),
            .. Sorted(type.GetEvents(All).Where(e => IsSeen(e.AddMethod!))).Select(Event),
            .. Sorted(type.GetMethods(All).Where(m => IsSeen(m) && IsMethod(m))).Select(Method),
        ];
    }

    /// <summary>Return type, name and parameters of a method.</summary>
    public static string Signature(MethodInfo method, string name) =>
        $"{TypeName.Of(method.ReturnType, new NullabilityInfoContext().Create(method.ReturnParameter))} {ParameterText.Named(method, name)}";

    private static string Field(FieldInfo field)
    {
        string kind = field switch
        {
            { IsLiteral: true } => "const ",
            { IsStatic: true } => field.IsInitOnly ? "static readonly " : "static ",
            _ => field.IsInitOnly ? "readonly " : "",
        };
        string value = field.IsLiteral ? $" = {ParameterText.Literal(field.GetRawConstantValue(), field.FieldType)}" : "";
        string type = TypeName.Of(field.FieldType, new NullabilityInfoContext().Create(field));
        return $"{(field.IsPublic ? "" : "protected ")}{kind}{type} {field.Name}{value}";
    }

    private static string Property(PropertyInfo property)
    {
        var accessor = property.GetAccessors(true).First(IsSeen);
        string required = property.IsDefined(typeof(RequiredMemberAttribute), inherit: false) ? "required " : "";
        string type = TypeName.Of(property.PropertyType, new NullabilityInfoContext().Create(property));
        string get = property.GetMethod is { } getter && IsSeen(getter) ? "get; " : "";
        string set = property.SetMethod is { } setter && IsSeen(setter) ? (IsInit(setter) ? "init; " : "set; ") : "";
        string name = property.GetIndexParameters() is { Length: > 0 } index ? $"this[{ParameterText.List(index)}]" : property.Name;
        return $"{Access(accessor)}{Modifiers(accessor)}{required}{type} {name} {{ {get}{set}}}";
    }

    private static string Event(EventInfo member) =>
        $"{Access(member.AddMethod!)}{Modifiers(member.AddMethod!)}event {TypeName.Of(member.EventHandlerType!)} {member.Name}";

    private static string Method(MethodInfo method)
    {
        var generics = method.IsGenericMethod ? method.GetGenericArguments() : [];
        string name = generics.Length > 0 ? $"{method.Name}<{string.Join(", ", generics.Select(a => a.Name))}>" : method.Name;
        return Access(method) + Modifiers(method) + Signature(method, name) + TypeDeclaration.Constraints(generics);
    }

    private static bool IsInit(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsWritten(MethodBase method) => !method.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);

    private static bool IsMethod(MethodInfo method) =>
        IsWritten(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal));

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Modifiers(MethodInfo method) => method switch
    {
        { IsStatic: true } => "static ",
        { DeclaringType.IsInterface: true } => "",
        { IsAbstract: true } => "abstract ",
        { IsVirtual: true } when method.GetBaseDefinition().DeclaringType != method.DeclaringType => "override ",
        { IsVirtual: true, IsFinal: false } => "virtual ",
        _ => "",
    };

    private static IOrderedEnumerable<T> Sorted<T>(IEnumerable<T> members)
        where T : MemberInfo =>
        members.OrderBy(member => member.Name, StringComparer.Ordinal).ThenBy(member => member.ToString(), StringComparer.Ordinal);
}
